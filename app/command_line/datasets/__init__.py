"""`espalier import` and `espalier export`: files of others into sessions, and back."""
