"""How much one file may ask of the machine. A centre's ten-year table needs about a hundredth of this."""

MAX_FILE_BYTES = 64 * 1024**2
MAX_UNPACKED_BYTES = 256 * 1024**2
MAX_STRINGS_BYTES = 128 * 1024**2
MAX_CELLS = 2_000_000
MAX_ROWS = 1_048_576
MAX_STRINGS = 1_500_000
MAX_MERGES = 100_000
MAX_COMMENT_BYTES = 32 * 1024**2
MAX_SHEETS = 500
# An old .xls is opened as full rectangles; a sheet of 65,536 rows and 30 columns fits.
MAX_XLS_AREA = 3_000_000
# Office files compress about 5 to 40 times; beyond this, a large file was made to harm.
BOMB_RATIO = 250
