"""What stands round the tree: menus, toolbar, boxes, strips and the status bar. Each reads the run or the registry."""
