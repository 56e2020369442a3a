"""What words weigh: one file a language, learned by scripts/learn_words.py."""
