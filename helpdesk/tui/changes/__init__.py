"""What can be changed on a ticket away from a call: one menu, and the questions behind it."""
