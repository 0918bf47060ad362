using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>The scope filter: inside the query, by the stored path.</summary>
public static class Scope
{
    /// <summary>
    /// Rows whose organisation the caller may see: own organisations, and the subtrees of the caller's other roles.
    /// Someone without rights gets no row.
    /// </summary>
    /// <param name="rows">The query.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="path">The row's stored organisation path.</param>
    /// <param name="roles">Only what these roles reach; all roles when none is named.</param>
    public static IQueryable<TRow> VisibleTo<TRow>(this IQueryable<TRow> rows, Caller caller, Expression<Func<TRow, string>> path, params ReadOnlySpan<string> roles)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(path);
        return rows.Where(Within(path, caller.OwnPaths(roles), caller.SubtreePaths(roles)));
    }

    /// <summary>Rows in the subtree of one path.</summary>
    public static IQueryable<TRow> Under<TRow>(this IQueryable<TRow> rows, string root, Expression<Func<TRow, string>> path)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Where(Within(path, [], [root]));
    }

    /// <summary>Rows in the subtree of any of the paths.</summary>
    public static IQueryable<TRow> Under<TRow>(this IQueryable<TRow> rows, string[] roots, Expression<Func<TRow, string>> path)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Where(Within(path, [], roots));
    }

    private static Expression<Func<TRow, bool>> Within<TRow>(Expression<Func<TRow, string>> path, string[] own, string[] subtrees)
    {
        Expression<Func<string, bool>> none = p => false;
        Expression<Func<string, bool>> isOwn = p => own.Contains(p);
        Expression body = own.Length == 0 ? Inline(none, path.Body) : Inline(isOwn, path.Body);
        foreach (var root in subtrees)
        {
            // A range over the C collation is an index range scan; "0" is the character after "/".
            var (from, to) = (root, root[..^1] + "0");
#pragma warning disable CA1309 // translated to SQL, where the column's collation decides
            Expression<Func<string, bool>> isUnder = p => string.Compare(p, from) >= 0 && string.Compare(p, to) < 0;
#pragma warning restore CA1309
            body = Expression.OrElse(body, Inline(isUnder, path.Body));
        }

        return Expression.Lambda<Func<TRow, bool>>(body, path.Parameters);
    }

    private static Expression Inline(Expression<Func<string, bool>> test, Expression argument) =>
        new ReplaceParameter(test.Parameters[0], argument).Visit(test.Body);

    private sealed class ReplaceParameter(ParameterExpression parameter, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : node;
    }
}
