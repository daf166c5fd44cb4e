import InspectCommands

await InspectCommand.start()
