using System.Globalization;

namespace Gengdu.Rules.Cel;

/// <summary>Cuts an expression into tokens. Accepts what @marcbachmann/cel-js 8 accepts, less integers and bytes.</summary>
internal sealed class CelLexer(string text)
{
    private int _position;

    public CelToken Next()
    {
        SkipBlanks();
        var start = _position;
        if (start >= text.Length) return new CelToken(CelTokenKind.End, start);
        var c = text[start];
        if (c is '"' or '\'') return StringToken(start, raw: false);
        if (c is 'r' or 'R' && (Peek(1) is '"' or '\'')) return Prefixed(start);
        if (char.IsAsciiDigit(c)) return NumberToken(start);
        if (char.IsAsciiLetter(c) || c == '_') return Word(start);
        return Symbol(start, c);
    }

    private char Peek(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    private CelToken Prefixed(int start)
    {
        _position++;
        return StringToken(start, raw: true);
    }

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            if (text[_position] is ' ' or '\t' or '\n' or '\r') _position++;
            else if (text[_position] == '/' && Peek(1) == '/') while (_position < text.Length && text[_position] != '\n') _position++;
            else return;
        }
    }

    private CelToken Word(int start)
    {
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_') _position++;
        var word = text[start.._position];
        return word switch
        {
            "true" => new CelToken(CelTokenKind.True, start, word),
            "false" => new CelToken(CelTokenKind.False, start, word),
            "null" => new CelToken(CelTokenKind.Null, start, word),
            "in" => new CelToken(CelTokenKind.In, start, word),
            "b" or "B" when Peek(0) is '"' or '\'' => throw new CelCompileException("bytes are not supported", text, start),
            _ => new CelToken(CelTokenKind.Identifier, start, word),
        };
    }

    private CelToken NumberToken(int start)
    {
        Digits();
        var isDouble = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _position++;
            Digits();
        }
        if (Peek(0) is 'e' or 'E')
        {
            isDouble = true;
            _position += Peek(1) is '+' or '-' ? 2 : 1;
            if (!char.IsAsciiDigit(Peek(0))) throw new CelCompileException("the exponent has no digits", text, _position);
            Digits();
        }
        var number = text[start.._position];
        // Report numbers are doubles on both sides; an integer would bring CEL's int/double overloads, which differ between libraries.
        if (!isDouble || char.IsAsciiLetter(Peek(0)))
            throw new CelCompileException($"'{number}' is an integer: write {number}.0, numbers are doubles", text, start);
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) throw new CelCompileException($"'{number}' is too large", text, start);
        return new CelToken(CelTokenKind.Number, start, number, value);
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek(0))) _position++;
    }

    private CelToken StringToken(int start, bool raw)
    {
        var value = CelStringLiteral.Read(text, ref _position, raw);
        return new CelToken(CelTokenKind.String, start, value);
    }

    private CelToken Symbol(int start, char c)
    {
        var (kind, length) = (c, Peek(1)) switch
        {
            ('=', '=') => (CelTokenKind.Equal, 2),
            ('!', '=') => (CelTokenKind.NotEqual, 2),
            ('<', '=') => (CelTokenKind.LessOrEqual, 2),
            ('>', '=') => (CelTokenKind.GreaterOrEqual, 2),
            ('&', '&') => (CelTokenKind.And, 2),
            ('|', '|') => (CelTokenKind.Or, 2),
            ('<', _) => (CelTokenKind.Less, 1),
            ('>', _) => (CelTokenKind.Greater, 1),
            ('!', _) => (CelTokenKind.Not, 1),
            ('+', _) => (CelTokenKind.Plus, 1),
            ('-', _) => (CelTokenKind.Minus, 1),
            ('*', _) => (CelTokenKind.Star, 1),
            ('/', _) => (CelTokenKind.Slash, 1),
            ('%', _) => (CelTokenKind.Percent, 1),
            ('(', _) => (CelTokenKind.LeftParenthesis, 1),
            (')', _) => (CelTokenKind.RightParenthesis, 1),
            ('[', _) => (CelTokenKind.LeftBracket, 1),
            (']', _) => (CelTokenKind.RightBracket, 1),
            ('{', _) => (CelTokenKind.LeftBrace, 1),
            ('}', _) => (CelTokenKind.RightBrace, 1),
            ('.', _) => (CelTokenKind.Dot, 1),
            (',', _) => (CelTokenKind.Comma, 1),
            (':', _) => (CelTokenKind.Colon, 1),
            ('?', _) => (CelTokenKind.Question, 1),
            _ => throw new CelCompileException($"unexpected character '{c}'", text, start),
        };
        _position += length;
        return new CelToken(kind, start, text.Substring(start, length));
    }
}
