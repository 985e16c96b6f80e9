using Ocap.Kernel.Api;

namespace Ocap.Kernel.Tests.Fixture;

/// <summary>What a request was answered, as often as it was answered.</summary>
internal sealed class Told<T>
{
    private readonly List<Answer<T>> _answers = [];

    internal bool IsTold => _answers.Count > 0;

    internal int Times => _answers.Count;

    /// <summary>The one answer.</summary>
    internal Answer<T> Answer => _answers.Count == 1 ? _answers[0] : throw new InvalidOperationException($"answered {_answers.Count} times");

    /// <summary>The value of the one answer, which must be a success.</summary>
    internal T Value => Answer.IsOk ? Answer.Value! : throw new InvalidOperationException($"failed: {Answer.Failure}");

    internal void Tell(Answer<T> answer) => _answers.Add(answer);
}
