"""What every request passes through: who asks, the store, access, sessions, headers, logs."""
