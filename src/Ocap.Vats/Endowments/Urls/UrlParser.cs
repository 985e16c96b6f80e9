using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>Where the parser stands (URL standard §4.4); the setters of a URL begin in the middle.</summary>
internal enum UrlState
{
    SchemeStart, Scheme, NoScheme, SpecialRelativeOrAuthority, PathOrAuthority, Relative, RelativeSlash, SpecialAuthoritySlashes,
    SpecialAuthorityIgnoreSlashes, Authority, Host, Hostname, Port, File, FileSlash, FileHost, PathStart, Path, OpaquePath, Query, Fragment,
}

/// <summary>
/// The basic URL parser of the URL standard. It is the standard's state machine, state by state, so that it can be read beside it; a method returns false
/// where the standard returns failure.
/// </summary>
internal sealed partial class UrlParser
{
    private const int End = -1;

    private readonly string _input;
    private readonly UrlRecord? _base;
    private readonly UrlRecord _url;
    private readonly UrlState? _override;
    private readonly StringBuilder _buffer = new();
    private UrlState _state;
    private int _at;
    private bool _atSignSeen;
    private bool _insideBrackets;
    private bool _passwordTokenSeen;
    private bool _isDone;

    private UrlParser(string input, UrlRecord? baseUrl, UrlRecord url, UrlState? stateOverride) =>
        (_input, _base, _url, _override, _state) = (input, baseUrl, url, stateOverride, stateOverride ?? UrlState.SchemeStart);

    /// <summary>Parses a URL against a base; null when it is none.</summary>
    internal static UrlRecord? Parse(string input, UrlRecord? baseUrl)
    {
        string trimmed = input.AsSpan().Trim(Controls).ToString();
        var parser = new UrlParser(WithoutLineBreaks(trimmed), baseUrl, new UrlRecord(), null);
        return parser.Run() ? parser._url : null;
    }

    /// <summary>Parses a part of a URL into an existing one, as its setters do. False when nothing came of it; the URL is then as it was or soundly changed.</summary>
    internal static bool Modify(UrlRecord url, string input, UrlState state) => new UrlParser(WithoutLineBreaks(input), null, url, state).Run();

    private static string Controls { get; } = string.Create(0x21, 0, static (span, _) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = (char)i;
        }
    });

    private static string WithoutLineBreaks(string text) =>
        text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? text : string.Concat(text.Where(static c => c is not ('\t' or '\n' or '\r')));

    private ReadOnlySpan<char> Remaining => _at + 1 < _input.Length ? _input.AsSpan(_at + 1) : default;

    private bool Run()
    {
        for (; ; _at++)
        {
            int c = _at < _input.Length ? _input[_at] : End;
            if (!Step(c))
            {
                return false;
            }

            // A step may have moved back, so that the end is met again.
            if (_isDone || (c == End && _at >= _input.Length))
            {
                return true;
            }
        }
    }

    private bool Step(int c) => _state switch
    {
        UrlState.SchemeStart => SchemeStart(c),
        UrlState.Scheme => Scheme(c),
        UrlState.NoScheme => NoScheme(c),
        UrlState.SpecialRelativeOrAuthority => SpecialRelativeOrAuthority(c),
        UrlState.PathOrAuthority => PathOrAuthority(c),
        UrlState.Relative => Relative(c),
        UrlState.RelativeSlash => RelativeSlash(c),
        UrlState.SpecialAuthoritySlashes => SpecialAuthoritySlashes(c),
        UrlState.SpecialAuthorityIgnoreSlashes => SpecialAuthorityIgnoreSlashes(c),
        UrlState.Authority => Authority(c),
        UrlState.Host or UrlState.Hostname => Host(c),
        UrlState.Port => Port(c),
        UrlState.File => File(c),
        UrlState.FileSlash => FileSlash(c),
        UrlState.FileHost => FileHost(c),
        UrlState.PathStart => PathStart(c),
        UrlState.Path => Path(c),
        UrlState.OpaquePath => OpaquePath(c),
        UrlState.Query => Query(c),
        _ => Fragment(),
    };

    private bool Go(UrlState state, bool again = false)
    {
        _state = state;
        if (again)
        {
            _at--;
        }

        return true;
    }

    private bool Done()
    {
        _isDone = true;
        return true;
    }

    private bool SchemeStart(int c)
    {
        if (c != End && char.IsAsciiLetter((char)c))
        {
            _buffer.Append(char.ToLowerInvariant((char)c));
            return Go(UrlState.Scheme);
        }

        return _override is null && Go(UrlState.NoScheme, again: true);
    }

    private bool Scheme(int c)
    {
        if (c != End && (char.IsAsciiLetterOrDigit((char)c) || c is '+' or '-' or '.'))
        {
            _buffer.Append(char.ToLowerInvariant((char)c));
            return true;
        }

        if (c != ':')
        {
            if (_override is not null)
            {
                return false;
            }

            _buffer.Clear();
            _at = -1;
            return Go(UrlState.NoScheme);
        }

        string scheme = _buffer.ToString();
        if (_override is not null)
        {
            if (_url.IsSpecial != Schemes.IsSpecial(scheme)
                || ((_url.HasCredentials || _url.Port is not null) && scheme is "file")
                || (_url.Scheme is "file" && string.IsNullOrEmpty(_url.Host)))
            {
                return Done();
            }

            _url.Scheme = scheme;
            if (_url.Port == Schemes.DefaultPort(scheme))
            {
                _url.Port = null;
            }

            return Done();
        }

        _url.Scheme = scheme;
        _buffer.Clear();
        if (scheme is "file")
        {
            return Go(UrlState.File);
        }

        if (_url.IsSpecial)
        {
            return Go(string.Equals(_base?.Scheme, scheme, StringComparison.Ordinal) ? UrlState.SpecialRelativeOrAuthority : UrlState.SpecialAuthoritySlashes);
        }

        if (Remaining.StartsWith('/'))
        {
            _at++;
            return Go(UrlState.PathOrAuthority);
        }

        _url.OpaquePath = "";
        return Go(UrlState.OpaquePath);
    }

    private bool NoScheme(int c)
    {
        if (_base is null || (_base.OpaquePath is not null && c != '#'))
        {
            return false;
        }

        if (_base.OpaquePath is not null)
        {
            TakeFromBase(withPath: true, withQuery: true);
            _url.OpaquePath = _base.OpaquePath;
            _url.Scheme = _base.Scheme;
            _url.Fragment = "";
            return Go(UrlState.Fragment);
        }

        return Go(_base.Scheme is "file" ? UrlState.File : UrlState.Relative, again: true);
    }

    private bool SpecialRelativeOrAuthority(int c)
    {
        if (c == '/' && Remaining.StartsWith('/'))
        {
            _at++;
            return Go(UrlState.SpecialAuthorityIgnoreSlashes);
        }

        return Go(UrlState.Relative, again: true);
    }

    private bool PathOrAuthority(int c) => c == '/' ? Go(UrlState.Authority) : Go(UrlState.Path, again: true);

    private bool Relative(int c)
    {
        _url.Scheme = _base!.Scheme;
        if (c == '/' || (c == '\\' && _url.IsSpecial))
        {
            return Go(UrlState.RelativeSlash);
        }

        TakeFromBase(withPath: true, withQuery: true);
        switch (c)
        {
            case '?':
                _url.Query = "";
                return Go(UrlState.Query);
            case '#':
                _url.Fragment = "";
                return Go(UrlState.Fragment);
            case End:
                return true;
            default:
                _url.Query = null;
                _url.Shorten();
                return Go(UrlState.Path, again: true);
        }
    }

    private bool RelativeSlash(int c)
    {
        if (_url.IsSpecial && (c is '/' or '\\'))
        {
            return Go(UrlState.SpecialAuthorityIgnoreSlashes);
        }

        if (c == '/')
        {
            return Go(UrlState.Authority);
        }

        TakeFromBase(withPath: false, withQuery: false);
        return Go(UrlState.Path, again: true);
    }

    private void TakeFromBase(bool withPath, bool withQuery)
    {
        (_url.Username, _url.Password, _url.Host, _url.Port) = (_base!.Username, _base.Password, _base.Host, _base.Port);
        if (withPath)
        {
            _url.Path.Clear();
            _url.Path.AddRange(_base.Path);
        }

        if (withQuery)
        {
            _url.Query = _base.Query;
        }
    }
}
