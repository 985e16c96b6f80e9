namespace Ocap.Vats.Endowments.Urls;

/// <content>Files, paths, query and fragment.</content>
internal sealed partial class UrlParser
{
    private bool File(int c)
    {
        _url.Scheme = "file";
        _url.Host = "";
        if (c is '/' or '\\')
        {
            return Go(UrlState.FileSlash);
        }

        if (_base?.Scheme is not "file")
        {
            return Go(UrlState.Path, again: true);
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
                if (Schemes.StartsWithDriveLetter(_input.AsSpan(_at)))
                {
                    _url.Path.Clear();
                }
                else
                {
                    _url.Shorten();
                }

                return Go(UrlState.Path, again: true);
        }
    }

    private bool FileSlash(int c)
    {
        if (c is '/' or '\\')
        {
            return Go(UrlState.FileHost);
        }

        if (_base?.Scheme is "file")
        {
            _url.Host = _base.Host;
            if (!Schemes.StartsWithDriveLetter(_input.AsSpan(Math.Min(_at, _input.Length))) && _base.Path.Count > 0 && Schemes.IsNormalDriveLetter(_base.Path[0]))
            {
                _url.Path.Add(_base.Path[0]);
            }
        }

        return Go(UrlState.Path, again: true);
    }

    private bool FileHost(int c)
    {
        if (c is not (End or '/' or '\\' or '?' or '#'))
        {
            _buffer.Append((char)c);
            return true;
        }

        _at--;
        string text = _buffer.ToString();
        if (_override is null && Schemes.IsDriveLetter(text))
        {
            // The buffer is the first segment of the path.
            return Go(UrlState.Path);
        }

        if (text.Length == 0)
        {
            _url.Host = "";
        }
        else
        {
            if (UrlHost.Parse(text, isSpecial: true) is not { } host)
            {
                return false;
            }

            _url.Host = host is "localhost" ? "" : host;
        }

        _buffer.Clear();
        return _override is null ? Go(UrlState.PathStart) : Done();
    }

    private bool PathStart(int c)
    {
        if (_url.IsSpecial)
        {
            return Go(UrlState.Path, again: c is not ('/' or '\\'));
        }

        switch (c)
        {
            case '?' when _override is null:
                _url.Query = "";
                return Go(UrlState.Query);
            case '#' when _override is null:
                _url.Fragment = "";
                return Go(UrlState.Fragment);
            case End:
                if (_override is not null && _url.Host is null)
                {
                    _url.Path.Add("");
                }

                return true;
            default:
                return Go(UrlState.Path, again: c != '/');
        }
    }

    private bool Path(int c)
    {
        bool isSlash = c == '/' || (c == '\\' && _url.IsSpecial);
        if (c != End && !isSlash && !(_override is null && c is ('?' or '#')))
        {
            _buffer.Append((char)c);
            return true;
        }

        string segment = EncodeSet.Path.Encode(_buffer.ToString());
        _buffer.Clear();
        if (IsDoubleDot(segment))
        {
            _url.Shorten();
            if (!isSlash)
            {
                _url.Path.Add("");
            }
        }
        else if (IsSingleDot(segment))
        {
            if (!isSlash)
            {
                _url.Path.Add("");
            }
        }
        else
        {
            if (_url.Scheme is "file" && _url.Path.Count == 0 && Schemes.IsDriveLetter(segment))
            {
                segment = segment[0] + ":";
            }

            _url.Path.Add(segment);
        }

        if (c == '?' && _override is null)
        {
            _url.Query = "";
            return Go(UrlState.Query);
        }

        if (c == '#' && _override is null)
        {
            _url.Fragment = "";
            return Go(UrlState.Fragment);
        }

        return true;
    }

    private bool OpaquePath(int c)
    {
        if (c is not (End or '?' or '#'))
        {
            _buffer.Append((char)c);
            return true;
        }

        string path = EncodeSet.Control.Encode(_buffer.ToString());

        // A space before a query or fragment would be lost when that goes.
        _url.OpaquePath = c != End && path.EndsWith(' ') ? path[..^1] + "%20" : path;
        _buffer.Clear();
        if (c == '?')
        {
            _url.Query = "";
            return Go(UrlState.Query);
        }

        if (c == '#')
        {
            _url.Fragment = "";
            return Go(UrlState.Fragment);
        }

        return true;
    }

    private bool Query(int c)
    {
        if (c != End && !(c == '#' && _override is null))
        {
            _buffer.Append((char)c);
            return true;
        }

        _url.Query += (_url.IsSpecial ? EncodeSet.SpecialQuery : EncodeSet.Query).Encode(_buffer.ToString());
        _buffer.Clear();
        if (c == '#')
        {
            _url.Fragment = "";
            return Go(UrlState.Fragment);
        }

        return true;
    }

    private bool Fragment()
    {
        _url.Fragment += EncodeSet.Fragment.Encode(_input.AsSpan(Math.Min(Math.Max(_at, 0), _input.Length)));
        return Done();
    }

    private static bool IsSingleDot(string segment) => segment is "." || string.Equals(segment, "%2e", StringComparison.OrdinalIgnoreCase);

    private static bool IsDoubleDot(string segment) => segment.Length <= 6 && segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "..";
}
