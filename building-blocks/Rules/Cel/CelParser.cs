namespace Gengdu.Rules.Cel;

/// <summary>Pratt parser of the CEL subset; the tree has bounded size and depth, so nothing an author writes exhausts the stack.</summary>
internal sealed class CelParser
{
    private const int MaxNodes = 1000;
    private const int MaxDepth = 60;

    private readonly string _text;
    private readonly CelLexer _lexer;
    private CelToken _token;
    private int _nodes;
    private int _depth;

    private CelParser(string text)
    {
        _text = text;
        _lexer = new CelLexer(text);
        _token = _lexer.Next();
    }

    public static CelNode Parse(string text)
    {
        var parser = new CelParser(text);
        var node = parser.Expression();
        if (parser._token.Kind != CelTokenKind.End) throw parser.Unexpected();
        return node;
    }

    private CelNode Expression()
    {
        if (++_depth > MaxDepth) throw Error($"nested deeper than {MaxDepth} levels", _token.Position);
        var node = Binary(1);
        if (_token.Kind == CelTokenKind.Question)
        {
            Advance();
            var then = Expression();
            Expect(CelTokenKind.Colon, "':'");
            node = Count(new ConditionalNode(node.Position, node, then, Expression()));
        }
        _depth--;
        return node;
    }

    public static int Precedence(CelTokenKind kind) => kind switch
    {
        CelTokenKind.Or => 1,
        CelTokenKind.And => 2,
        CelTokenKind.Equal or CelTokenKind.NotEqual => 3,
        CelTokenKind.Less or CelTokenKind.LessOrEqual or CelTokenKind.Greater or CelTokenKind.GreaterOrEqual or CelTokenKind.In => 4,
        CelTokenKind.Plus or CelTokenKind.Minus => 5,
        CelTokenKind.Star or CelTokenKind.Slash or CelTokenKind.Percent => 6,
        _ => 0,
    };

    private CelNode Binary(int minimum)
    {
        var left = Unary();
        while (Precedence(_token.Kind) is var precedence && precedence >= minimum)
        {
            var sign = Advance();
            left = Count(new BinaryNode(sign.Position, sign.Kind, left, Binary(precedence + 1)));
        }
        return left;
    }

    private CelNode Unary()
    {
        if (_token.Kind is not (CelTokenKind.Not or CelTokenKind.Minus)) return Postfix();
        if (++_depth > MaxDepth) throw Error($"nested deeper than {MaxDepth} levels", _token.Position);
        var sign = Advance();
        var node = Count(new UnaryNode(sign.Position, sign.Kind, Unary()));
        _depth--;
        return node;
    }

    private CelNode Postfix()
    {
        var node = Primary();
        var depth = 0;
        while (_token.Kind is CelTokenKind.Dot or CelTokenKind.LeftBracket)
        {
            if (++depth > MaxDepth) throw Error($"nested deeper than {MaxDepth} levels", _token.Position);
            if (Advance().Kind == CelTokenKind.Dot)
            {
                var member = Expect(CelTokenKind.Identifier, "a name");
                node = _token.Kind == CelTokenKind.LeftParenthesis
                    ? Count(new MethodNode(member.Position, node, member.Text, Arguments()))
                    : Count(new SelectNode(member.Position, node, member.Text));
            }
            else
            {
                var key = Expression();
                Expect(CelTokenKind.RightBracket, "']'");
                node = Count(new IndexNode(key.Position, node, key));
            }
        }
        return node;
    }

    private CelNode Primary()
    {
        var token = Advance();
        switch (token.Kind)
        {
            case CelTokenKind.Number: return Count(new LiteralNode(token.Position, CelValue.Of(token.Number)));
            case CelTokenKind.String: return Count(new LiteralNode(token.Position, CelValue.Of(token.Text)));
            case CelTokenKind.True: return Count(new LiteralNode(token.Position, CelValue.True));
            case CelTokenKind.False: return Count(new LiteralNode(token.Position, CelValue.False));
            case CelTokenKind.Null: return Count(new LiteralNode(token.Position, CelValue.Null));
            case CelTokenKind.Identifier:
                if (CelNames.Reserved.Contains(token.Text)) throw Error($"'{token.Text}' is a reserved word", token.Position);
                return _token.Kind == CelTokenKind.LeftParenthesis
                    ? Count(new CallNode(token.Position, token.Text, Arguments()))
                    : Count(new IdentifierNode(token.Position, token.Text));
            case CelTokenKind.LeftParenthesis:
                var inner = Expression();
                Expect(CelTokenKind.RightParenthesis, "')'");
                return inner;
            case CelTokenKind.LeftBracket:
                return Count(new ListNode(token.Position, Items(CelTokenKind.RightBracket, "']'", Expression)));
            case CelTokenKind.LeftBrace:
                return Count(new MapNode(token.Position, Items(CelTokenKind.RightBrace, "'}'", Entry)));
            default:
                throw Error(token.Kind == CelTokenKind.End ? "the expression ends too early" : $"unexpected '{token.Text}'", token.Position);
        }
    }

    private (CelNode Key, CelNode Value) Entry()
    {
        var key = Expression();
        Expect(CelTokenKind.Colon, "':'");
        return (key, Expression());
    }

    private List<CelNode> Arguments()
    {
        Advance();
        return Items(CelTokenKind.RightParenthesis, "')'", Expression);
    }

    private List<T> Items<T>(CelTokenKind close, string closeText, Func<T> item)
    {
        var items = new List<T>();
        while (_token.Kind != close)
        {
            items.Add(item());
            if (_token.Kind != CelTokenKind.Comma) break;
            Advance();
        }
        Expect(close, closeText);
        return items;
    }

    private T Count<T>(T node)
        where T : CelNode =>
        ++_nodes <= MaxNodes ? node : throw Error($"more than {MaxNodes} parts", node.Position);

    private CelToken Advance()
    {
        var token = _token;
        _token = _lexer.Next();
        return token;
    }

    private CelToken Expect(CelTokenKind kind, string what) =>
        _token.Kind == kind ? Advance() : throw Error($"expected {what}{(_token.Kind == CelTokenKind.End ? "" : $" before '{_token.Text}'")}", _token.Position);

    private CelCompileException Unexpected() => Error($"unexpected '{_token.Text}'", _token.Position);

    private CelCompileException Error(string reason, int position) => new(reason, _text, position);
}
