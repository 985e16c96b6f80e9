using System.Globalization;

namespace Ocap.Vats.Endowments.Urls;

/// <content>Credentials, host and port.</content>
internal sealed partial class UrlParser
{
    private bool SpecialAuthoritySlashes(int c)
    {
        if (c == '/' && Remaining.StartsWith('/'))
        {
            _at++;
            return Go(UrlState.SpecialAuthorityIgnoreSlashes);
        }

        return Go(UrlState.SpecialAuthorityIgnoreSlashes, again: true);
    }

    private bool SpecialAuthorityIgnoreSlashes(int c) => c is '/' or '\\' || Go(UrlState.Authority, again: true);

    private bool Authority(int c)
    {
        if (c == '@')
        {
            string seen = (_atSignSeen ? "%40" : "") + _buffer;
            _atSignSeen = true;
            int colon = _passwordTokenSeen ? 0 : seen.IndexOf(':', StringComparison.Ordinal);
            if (_passwordTokenSeen)
            {
                _url.Password += EncodeSet.UserInfo.Encode(seen);
            }
            else
            {
                _url.Username += EncodeSet.UserInfo.Encode(colon < 0 ? seen : seen.AsSpan(0, colon));
                if (colon >= 0)
                {
                    _passwordTokenSeen = true;
                    _url.Password += EncodeSet.UserInfo.Encode(seen.AsSpan(colon + 1));
                }
            }

            _buffer.Clear();
            return true;
        }

        if (IsEndOfAuthority(c))
        {
            if (_atSignSeen && _buffer.Length == 0)
            {
                return false;
            }

            _at -= _buffer.Length + 1;
            _buffer.Clear();
            return Go(UrlState.Host);
        }

        _buffer.Append((char)c);
        return true;
    }

    private bool Host(int c)
    {
        if (_override is not null && _url.Scheme is "file")
        {
            return Go(UrlState.FileHost, again: true);
        }

        if (c == ':' && !_insideBrackets)
        {
            if (_buffer.Length == 0 || _override == UrlState.Hostname || !TakeHost())
            {
                return false;
            }

            return Go(UrlState.Port);
        }

        if (IsEndOfAuthority(c))
        {
            _at--;
            if (_url.IsSpecial && _buffer.Length == 0)
            {
                return false;
            }

            if (_override is not null && _buffer.Length == 0 && (_url.HasCredentials || _url.Port is not null))
            {
                return false;
            }

            return TakeHost() && (_override is null ? Go(UrlState.PathStart) : Done());
        }

        _insideBrackets = c == '[' || (c != ']' && _insideBrackets);
        _buffer.Append((char)c);
        return true;
    }

    private bool TakeHost()
    {
        if (UrlHost.Parse(_buffer.ToString(), _url.IsSpecial) is not { } host)
        {
            return false;
        }

        _url.Host = host;
        _buffer.Clear();
        return true;
    }

    private bool Port(int c)
    {
        if (c != End && char.IsAsciiDigit((char)c))
        {
            _buffer.Append((char)c);
            return true;
        }

        if (!IsEndOfAuthority(c) && _override is null)
        {
            return false;
        }

        if (_buffer.Length > 0)
        {
            string digits = _buffer.ToString().TrimStart('0');
            int port = digits.Length > 5 ? int.MaxValue : digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
            if (port > 65535)
            {
                return false;
            }

            _url.Port = port == Schemes.DefaultPort(_url.Scheme) ? null : port;
            _buffer.Clear();
            if (_override is not null)
            {
                return Done();
            }
        }

        return _override is null && Go(UrlState.PathStart, again: true);
    }

    private bool IsEndOfAuthority(int c) => c is End or '/' or '?' or '#' || (c == '\\' && _url.IsSpecial);
}
