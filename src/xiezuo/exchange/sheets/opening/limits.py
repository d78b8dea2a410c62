"""How much one file may ask of the machine. A centre's ten-year table needs about a hundredth of this."""

MAX_FILE_BYTES = 64 * 1024**2
MAX_UNPACKED_BYTES = 512 * 1024**2
MAX_STRINGS_BYTES = 128 * 1024**2
MAX_CELLS = 2_000_000
MAX_SHEETS = 500
# Office files compress about 5 to 40 times; beyond this, a large file was made to harm.
BOMB_RATIO = 250
