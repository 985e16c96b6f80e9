using Ocap.Cli;
using Ocap.Cli.CommandLine;
using Ocap.Cli.Output;
using Ocap.Daemon.Lifecycle;

if (!OperatingSystem.IsWindows())
    StandardDescriptors.Fill();
switch (FrontDoor.Read(args, Build.Version))
{
    case Request.Print print:
        return Invocation.Print(print.Text);
    case Request.Mistake mistake:
        Terminal.Say(mistake.Text);
        return 1;
    case Request.Run run:
        return Invocation.Execute(run);
    default:
        return 1;
}
