namespace Gengdu.Rules.Cel;

/// <summary>A parsed expression; <see cref="Position"/> is the offset that errors point at.</summary>
internal abstract record CelNode(int Position);

internal sealed record LiteralNode(int Position, CelValue Value) : CelNode(Position);

internal sealed record IdentifierNode(int Position, string Name) : CelNode(Position);

internal sealed record SelectNode(int Position, CelNode Target, string Member) : CelNode(Position);

internal sealed record IndexNode(int Position, CelNode Target, CelNode Key) : CelNode(Position);

internal sealed record CallNode(int Position, string Name, IReadOnlyList<CelNode> Arguments) : CelNode(Position);

internal sealed record MethodNode(int Position, CelNode Target, string Name, IReadOnlyList<CelNode> Arguments) : CelNode(Position);

internal sealed record UnaryNode(int Position, CelTokenKind Operator, CelNode Operand) : CelNode(Position);

internal sealed record BinaryNode(int Position, CelTokenKind Operator, CelNode Left, CelNode Right) : CelNode(Position);

internal sealed record ConditionalNode(int Position, CelNode Condition, CelNode Then, CelNode Else) : CelNode(Position);

internal sealed record ListNode(int Position, IReadOnlyList<CelNode> Elements) : CelNode(Position);

internal sealed record MapNode(int Position, IReadOnlyList<(CelNode Key, CelNode Value)> Entries) : CelNode(Position);
