"""有人处于危险: saying so on a page that works when others do not, and going on with it."""
