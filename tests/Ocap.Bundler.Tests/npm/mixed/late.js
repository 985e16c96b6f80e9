export function late() { return 'late, and yet there'; }
