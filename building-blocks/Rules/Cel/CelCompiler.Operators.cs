namespace Gengdu.Rules.Cel;

internal sealed partial class CelCompiler
{
    private (CelType Type, CelEvaluator Run) Unary(UnaryNode node)
    {
        var (type, operand) = Compile(node.Operand);
        if (node.Operator == CelTokenKind.Not)
        {
            if (!type.MayBe(CelTypeKind.Bool)) throw Error($"'!' of a {type}", node.Position);
            return (CelType.Bool, frame =>
            {
                var value = operand(frame);
                return value.Kind == CelKind.Bool ? CelValue.Of(value.IsFalse) : CelOperators.Refuse(value, "'!' needs a bool");
            });
        }
        if (!type.MayBe(CelTypeKind.Double)) throw Error($"'-' of a {type}", node.Position);
        return (type, frame =>
        {
            var value = operand(frame);
            return value.Kind == CelKind.Double ? CelValue.Of(-value.Number) : CelOperators.Refuse(value, "'-' needs a number");
        });
    }

    /// <summary>CEL's absorbing logic: an error on one side doesn't matter when the other side decides.</summary>
    private (CelType Type, CelEvaluator Run) Logical(BinaryNode node)
    {
        var (leftType, left) = Compile(node.Left);
        var (rightType, right) = Compile(node.Right);
        if (!leftType.MayBe(CelTypeKind.Bool)) throw Error($"a {leftType} where true or false is needed", node.Left.Position);
        if (!rightType.MayBe(CelTypeKind.Bool)) throw Error($"a {rightType} where true or false is needed", node.Right.Position);
        var decides = node.Operator == CelTokenKind.Or ? 1d : 0d;
        return (CelType.Bool, frame =>
        {
            var l = left(frame);
            if (l.Kind == CelKind.Bool && l.Number == decides) return l;
            var r = right(frame);
            if (r.Kind != CelKind.Bool) return CelOperators.Refuse(r, "&& and || need bools");
            return r.Number == decides || l.Kind == CelKind.Bool ? r : CelOperators.Refuse(l, "&& and || need bools");
        });
    }

    private (CelType Type, CelEvaluator Run) Conditional(ConditionalNode node)
    {
        var (conditionType, condition) = Compile(node.Condition);
        var (thenType, then) = Compile(node.Then);
        var (elseType, otherwise) = Compile(node.Else);
        if (!conditionType.MayBe(CelTypeKind.Bool)) throw Error($"a {conditionType} where true or false is needed", node.Condition.Position);
        var type = thenType.Unify(elseType) ?? throw Error($"one branch of ?: is a {thenType}, the other a {elseType}", node.Else.Position);
        return (type, frame =>
        {
            var value = condition(frame);
            if (value.Kind != CelKind.Bool) return CelOperators.Refuse(value, "?: needs a bool");
            return value.IsTrue ? then(frame) : otherwise(frame);
        });
    }

    private (CelType Type, CelEvaluator Run) Binary(BinaryNode node)
    {
        var (leftType, left) = Compile(node.Left);
        var (rightType, right) = Compile(node.Right);
        var type = ResultType(node, leftType, rightType);
        CheckTexts(node.Operator, node.Left, node.Right);
        var apply = CelOperators.For(node.Operator);
        return (type, frame =>
        {
            var l = left(frame);
            if (l.IsError) return l;
            var r = right(frame);
            return r.IsError ? r : apply(l, r);
        });
    }

    private CelType ResultType(BinaryNode node, CelType left, CelType right)
    {
        var known = left.IsDynamic ? right : left;
        switch (node.Operator)
        {
            case CelTokenKind.Percent:
                throw Error("'%' doesn't exist for numbers that are doubles: use floor()", node.Position);
            case CelTokenKind.Equal or CelTokenKind.NotEqual when left.Fits(right):
                return CelType.Bool;
            case CelTokenKind.In when right.IsDynamic || (right.Kind == CelTypeKind.List && left.Fits(right.Element!))
                || (right.Kind == CelTypeKind.Map && left.MayBe(CelTypeKind.String)):
                return CelType.Bool;
            case CelTokenKind.Less or CelTokenKind.LessOrEqual or CelTokenKind.Greater or CelTokenKind.GreaterOrEqual
                when left.Fits(right) && known.Kind is CelTypeKind.Dynamic or CelTypeKind.Double or CelTypeKind.String or CelTypeKind.Bool:
                return CelType.Bool;
            // Lists of one type only: joined with a list of unknown type, the browser's library checks elements against the first.
            case CelTokenKind.Plus when left.Equals(right) && left.Kind == CelTypeKind.List:
                return left;
            case CelTokenKind.Plus when left.Fits(right) && known.Kind is CelTypeKind.Dynamic or CelTypeKind.Double or CelTypeKind.String:
                return known;
            case CelTokenKind.Minus or CelTokenKind.Star or CelTokenKind.Slash when left.MayBe(CelTypeKind.Double) && right.MayBe(CelTypeKind.Double):
                return known;
            default:
                throw Mismatch(node, left, right);
        }
    }

    private CelCompileException Mismatch(BinaryNode node, CelType left, CelType right) =>
        Error($"a {left} and a {right} can't be combined here", node.Position);
}
