using Ocap.EngineField;

if (args is not [var from, var to])
{
    Console.Error.WriteLine("usage: EngineField <Jint.dll of the package> <Jint.dll to write>");
    return 2;
}

try
{
    Weaver.Weave(from, to);
    return 0;
}
catch (UnknownEngineException error)
{
    Console.Error.WriteLine($"{from}: error OCAP0001: {error.Message} This version of Jint is not the one that build/engine was written for; see the files there.");
    return 1;
}
