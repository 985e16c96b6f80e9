namespace Ocap.Cli.Output;

/// <summary>One line on standard error that is written over as work goes on, for a person at a terminal; for anybody else, nothing.</summary>
internal sealed class Progress(string doing, int total)
{
    private const string EraseLine = "\r\e[K";
    private readonly bool _isShown = total > 1 && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    internal void Show(int done)
    {
        if (_isShown)
            Terminal.Draw(done < total ? $"{EraseLine}{doing} ({done} of {total})" : EraseLine);
    }

    /// <summary>Makes room for a line of text; the next <see cref="Show"/> draws it again.</summary>
    internal void Clear()
    {
        if (_isShown)
            Terminal.Draw(EraseLine);
    }
}
