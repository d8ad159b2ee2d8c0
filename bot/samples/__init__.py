"""The fictional schools of a rehearsal: what their files say, and the past that each of them comes with."""
