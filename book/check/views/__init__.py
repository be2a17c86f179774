"""What rules read: pages, tags, prose, pictures and e-books, each as it lies open before them."""
