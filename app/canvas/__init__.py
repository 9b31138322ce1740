"""The tree on screen: what is shown (focus, scene), where (layout, viewport), how (cards, paint), the widget."""
