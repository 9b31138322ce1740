.PHONY: run test build
run:   ; python3 run.py
test:  ; python3 run.py test
build: ; python3 run.py build
