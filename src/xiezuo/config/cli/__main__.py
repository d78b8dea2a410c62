"""`python -m xiezuo.config.cli` is the `xiezuo` command."""

from xiezuo.config.cli import main

if __name__ == "__main__":
    main()
