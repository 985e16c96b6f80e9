using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Client;

/// <summary>What is known of a home's daemon that does not say how it is: from its locks, and from the system.</summary>
/// <param name="Home">Whose daemon.</param>
/// <param name="IsRunning">There is a process.</param>
/// <param name="Pid">Which one, when that is known.</param>
/// <param name="Sentence">What happened, and what to do.</param>
internal sealed record DaemonReport(HomeDirectory Home, bool IsRunning, int? Pid, string Sentence)
{
    private const string Stopped = "Daemon is not running.";

    /// <summary>Nobody listens on the home's socket: why.</summary>
    /// <exception cref="DaemonException">The home or its locks cannot be looked at.</exception>
    internal static DaemonReport WhyNobodyListens(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        if (!HomeGuard.Exists(home) || FileLock.OpenExisting(home.SpawnLock) is not { } spawn)
            return new(home, false, null, Stopped);
        using (spawn)
        {
            if (!spawn.TryTake())
                return new(home, false, null, "Daemon is starting or stopping. Ask again in a moment.");
            using DaemonLock? held = DaemonLock.Look(home);
            return held is null || !held.IsTaken() ? new(home, false, null, Stopped)
                : new(home, true, held.Signature().Pid, $"A daemon (process {held.Signature().Pid}) has {home.Path} but does not listen on {home.Socket}: it is stopping, or its socket was removed. Stop it with: ocap daemon stop");
        }
    }

    /// <summary>It listens and does not answer.</summary>
    internal static DaemonReport OfSilent(HomeDirectory home, NoAnswerException fault)
    {
        int? pid = fault.Pid ?? Holder(home);
        return new(home, true, pid, $"{fault.Message} {WhatToDo(pid)}");
    }

    /// <summary>It answers, but not how it is.</summary>
    internal static DaemonReport OfTroubled(HomeDirectory home, string sentence) => new(home, true, Holder(home), sentence);

    /// <summary>What a person can do about a daemon that does not answer.</summary>
    internal static string WhatToDo(int? pid) => pid is { } known && ProcessState.IsStopped(known)
        ? $"It is stopped by a signal. To let it go on: kill -CONT {known}"
        : "See how it is with: ocap daemon status, ocap daemon logs. To end it: ocap daemon stop";

    /// <summary>For a program: JSON.</summary>
    internal ReadOnlySpan<byte> ToJson()
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("running"u8, IsRunning);
            if (IsRunning)
                json.WriteBoolean("answers"u8, false);
            if (Pid is { } pid)
                json.WriteNumber("pid"u8, pid);
            json.WriteString("home"u8, Home.Path);
            json.WriteString("socket"u8, Home.Socket);
            json.WriteString("log"u8, Home.Log);
            json.WriteString("message"u8, Sentence);
            json.WriteEndObject();
        }
        return text.WrittenSpan;
    }

    private static int? Holder(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            return null;
        using DaemonLock? held = DaemonLock.Look(home);
        return held?.Signature().Pid;
    }
}
