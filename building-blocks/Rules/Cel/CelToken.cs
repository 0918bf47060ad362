namespace Gengdu.Rules.Cel;

internal enum CelTokenKind
{
    End,
    Number,
    String,
    Identifier,
    True,
    False,
    Null,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Not,
    In,
    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Dot,
    Comma,
    Colon,
    Question,
}

internal readonly record struct CelToken(CelTokenKind Kind, int Position, string Text = "", double Number = 0);
