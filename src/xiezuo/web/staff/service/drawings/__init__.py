"""Family and surroundings as pictures: 家谱图 and 生态图."""
