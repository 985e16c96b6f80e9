using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>What <c>url.js</c> is built on: URLs as opaque handles, their parts, and the form encoding.</summary>
internal static class UrlNatives
{
    private static readonly Dictionary<string, Func<UrlRecord, string>> Getters = new(StringComparer.Ordinal)
    {
        ["href"] = static url => url.Href(),
        ["origin"] = static url => url.Origin(),
        ["protocol"] = static url => url.Scheme + ":",
        ["username"] = static url => url.Username,
        ["password"] = static url => url.Password,
        ["host"] = static url => url.HostText(),
        ["hostname"] = static url => url.Host ?? "",
        ["port"] = static url => url.Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        ["pathname"] = static url => url.PathText(),
        ["search"] = static url => string.IsNullOrEmpty(url.Query) ? "" : "?" + url.Query,
        ["hash"] = static url => string.IsNullOrEmpty(url.Fragment) ? "" : "#" + url.Fragment,
        ["query"] = static url => url.Query ?? "",
    };

    private static readonly Dictionary<string, Action<UrlRecord, string>> Setters = new(StringComparer.Ordinal)
    {
        ["protocol"] = static (url, value) => UrlParser.Modify(url, value + ":", UrlState.SchemeStart),
        ["username"] = static (url, value) => url.Username = url.CannotHaveCredentials ? url.Username : EncodeSet.UserInfo.Encode(value),
        ["password"] = static (url, value) => url.Password = url.CannotHaveCredentials ? url.Password : EncodeSet.UserInfo.Encode(value),
        ["host"] = static (url, value) => ModifyStructured(url, value, UrlState.Host),
        ["hostname"] = static (url, value) => ModifyStructured(url, value, UrlState.Hostname),
        ["port"] = static (url, value) =>
        {
            if (url.CannotHaveCredentials)
            {
                return;
            }

            if (value.Length == 0)
            {
                url.Port = null;
            }
            else
            {
                UrlParser.Modify(url, value, UrlState.Port);
            }
        },
        ["pathname"] = static (url, value) =>
        {
            if (url.OpaquePath is null)
            {
                url.Path.Clear();
                UrlParser.Modify(url, value, UrlState.PathStart);
            }
        },
        ["search"] = static (url, value) =>
        {
            url.Query = value.Length == 0 ? null : "";
            if (value.Length > 0)
            {
                UrlParser.Modify(url, value.StartsWith('?') ? value[1..] : value, UrlState.Query);
            }
        },
        ["hash"] = static (url, value) =>
        {
            url.Fragment = value.Length == 0 ? null : "";
            if (value.Length > 0)
            {
                UrlParser.Modify(url, value.StartsWith('#') ? value[1..] : value, UrlState.Fragment);
            }
        },
        ["query"] = static (url, value) => url.Query = value.Length == 0 ? null : value,
    };

    internal static void AddTo(NativeTable table)
    {
        table.Add("parse", (input, baseUrl) =>
        {
            UrlRecord? url = baseUrl.IsUndefined()
                ? UrlParser.Parse(input.ToString(), null)
                : UrlParser.Parse(baseUrl.ToString(), null) is { } parsed ? UrlParser.Parse(input.ToString(), parsed) : null;
            return url is null ? JsValue.Null : new UrlHandle(table.Engine, url);
        });
        table.Add("part", static (handle, name) => Get(((UrlHandle)handle).Record, name.ToString()));
        table.Add("setPart", static (handle, name, value) =>
        {
            Set(((UrlHandle)handle).Record, name.ToString(), value.ToString());
            return JsValue.Undefined;
        });
        table.Add("parseForm", text => table.List(FormEncoding.Parse(text.ToString())));
        table.Add("serializeForm", parts => FormEncoding.Serialize(NativeTable.Texts(parts)));
    }

    /// <summary>A part of a URL, by its name in JavaScript.</summary>
    internal static string Get(UrlRecord url, string part) => Getters[part](url);

    /// <summary>Changes a part as its setter in JavaScript does: what is no such part is ignored.</summary>
    internal static void Set(UrlRecord url, string part, string value) => Setters[part](url, value);

    private static void ModifyStructured(UrlRecord url, string value, UrlState state)
    {
        if (url.OpaquePath is null)
        {
            UrlParser.Modify(url, value, state);
        }
    }

    private sealed class UrlHandle(Jint.Engine engine, UrlRecord record) : ObjectInstance(engine)
    {
        internal UrlRecord Record => record;
    }
}
