using Ocap.Cli;
using Ocap.Cli.CommandLine;
using Ocap.Cli.Output;

switch (FrontDoor.Read(args, Build.Version))
{
    case Request.Print print:
        Terminal.Result(print.Text);
        return 0;
    case Request.Mistake mistake:
        Terminal.Say(mistake.Text);
        return 1;
    case Request.Run run:
        return Invocation.Execute(run);
    default:
        return 1;
}
