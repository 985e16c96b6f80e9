namespace Ocap.EngineField;

/// <summary>The engine's assembly is not as expected.</summary>
internal sealed class UnknownEngineException(string message) : Exception(message);
