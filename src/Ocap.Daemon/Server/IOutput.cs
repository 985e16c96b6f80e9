namespace Ocap.Daemon.Server;

/// <summary>One line that goes to a client: the answer to a call, or to a batch.</summary>
internal interface IOutput
{
    /// <summary>Appends the line, its newline apart.</summary>
    void WriteTo(AnswerWriter writer);

    /// <summary>Called once, when the line has been sent or can no longer be.</summary>
    void Dispose();
}
