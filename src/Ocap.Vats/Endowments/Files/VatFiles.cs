using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Promise;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Kernel.Outside;
using Ocap.Vats.Global;
using Ocap.Vats.Marshal;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Endowments.Files;

/// <summary>
/// The global <c>fs</c> of a vat whose configuration has <c>platformConfig.fs</c>: looking at files of one directory. What may be looked at is decided on
/// the daemon's side; a vat's process needs no files.
/// </summary>
internal sealed class VatFiles(EndowmentKit kit)
{
    /// <summary>Contents wait in memory: the kernel ends a vat that reads more files at once than eight.</summary>
    private const int MostAtOnce = 4;

    private readonly JsRealm _realm = kit.Realm;
    private readonly ByteViews _views = new(kit.Engine.Engine);
    private readonly Queue<Action> _waiting = new();
    private int _underWay;

    internal JsObject Make(FileFunctions functions)
    {
        var fs = new JsObject(_realm.Engine);
        if (functions.ExistsSync)
        {
            fs.CreateDataProperty("existsSync", _realm.Function("existsSync", 1, (_, arguments) => Exists(arguments.At(0).ToString())));
        }

        if (functions.Promises)
        {
            var promises = new JsObject(_realm.Engine);
            fs.CreateDataProperty("promises", promises);
            if (functions.ReadFile)
            {
                promises.CreateDataProperty("readFile", _realm.Function("readFile", 2, (_, arguments) => Read(arguments.At(0).ToString(), arguments.At(1))));
            }

            if (functions.Access)
            {
                promises.CreateDataProperty("access", _realm.Function("access", 2, (_, arguments) => Access(arguments.At(0).ToString(), arguments.At(1))));
            }
        }

        return fs;
    }

    private JsValue Exists(string path)
    {
        FileProbe probe = kit.Client.FileExists(path);
        return probe.Complaint is null ? (probe.Exists ? JsBoolean.True : JsBoolean.False) : throw new JavaScriptException(_realm.Harden(Error(probe.Complaint)));
    }

    private JsValue Read(string path, JsValue options)
    {
        JsValue encoding = options is ObjectInstance record ? record.Get("encoding") : options;
        string? name = encoding.IsUndefined() || encoding.IsNull() ? null : encoding.ToString();
        if (name is not null && Decoded([], name) is null)
        {
            throw _realm.Fail($"The argument 'encoding' is invalid encoding. Received '{name}'", "TypeError");
        }

        return Ask(id => new ReadFile(id, path), happening => happening is FileContent content
            ? name is null ? _views.Make(content.Bytes.ToArray()) : Decoded(content.Bytes.Span, name)!
            : JsValue.Undefined);
    }

    private JsValue Access(string path, JsValue mode)
    {
        int bits = mode.IsUndefined() ? 0 : (int)TypeConverter.ToInt32(mode) & 7;
        return Ask(id => new AccessFile(id, path, bits), static _ => JsValue.Undefined);
    }

    private JsValue Ask(Func<long, OutsideRequest> request, Func<OutsideEvent, JsValue> value)
    {
        ManualPromise promise = _realm.Engine.Advanced.RegisterPromise();
        if (_underWay < MostAtOnce)
        {
            Begin();
        }
        else
        {
            _waiting.Enqueue(Begin);
        }

        return promise.Promise;

        void Begin()
        {
            _underWay++;
            kit.Desk.Ask(request, Told);
        }

        void Told(long id, OutsideEvent happening)
        {
            kit.Desk.Finished(id);
            _underWay--;
            if (_waiting.TryDequeue(out Action? next))
            {
                next();
            }

            if (happening is OutsideFailure failure)
            {
                promise.Reject(Error(failure.Message, failure.Code));
                return;
            }

            promise.Resolve(value(happening));
        }
    }

    /// <summary>An error; one that begins with the function's name has a cause without it, as at the reference.</summary>
    private ObjectInstance Error(string message, string? code = null)
    {
        ObjectInstance error = _realm.NewError(message);
        if (code is not null)
        {
            error.CreateDataProperty("code", code);
        }

        if (message.StartsWith("fs.", StringComparison.Ordinal) && message.IndexOf(": ", StringComparison.Ordinal) is > 0 and int colon)
        {
            string inner = message[(colon + 2)..];
            error.Define("cause", new PropertyDescriptor(Error(inner, inner.StartsWith("ENOENT", StringComparison.Ordinal) ? "ENOENT" : null), PropertyFlag.NonEnumerable));
        }

        return error;
    }

    /// <summary>The text; null when there is no such encoding.</summary>
    private static string? Decoded(ReadOnlySpan<byte> bytes, string encoding) => encoding.ToLowerInvariant() switch
    {
        "utf8" or "utf-8" => Encoding.UTF8.GetString(bytes),
        "latin1" or "binary" => Encoding.Latin1.GetString(bytes),
        "ascii" => string.Create(bytes.Length, bytes, static (text, bytes) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = (char)(bytes[i] & 0x7F);
            }
        }),
        "utf16le" or "utf-16le" or "ucs2" or "ucs-2" => Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]),
        "base64" => Convert.ToBase64String(bytes),
        "base64url" => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        "hex" => Convert.ToHexStringLower(bytes),
        _ => null,
    };
}
