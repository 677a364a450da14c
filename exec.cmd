@rem The scripts start and dev run "exec node ...", which the shell of Windows does not have.
@%*
