using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>Somebody asks for something of a place.</summary>
internal sealed record Cell(Route Route, Identity Who, string Relation, string Place)
{
    /// <summary>401 whatever is asked, when nobody is signed in; else what the route says.</summary>
    public int Expected => Who.IsRefused ? 401 : Route.Expected(Who, Place);

    public bool IsDenied => Expected is 401 or 403 or 404;

    /// <summary>
    /// Denied requests are the real ones; allowed ones that would change something, or read at a cost (a browser for each document), are made harmless, or left to
    /// the positive control.
    /// </summary>
    public (Route Route, int Status)? Asked => IsDenied || (Route.IsRead && Route.HarmlessVariant is null) ? (Route, Expected)
        : Expected is not 200 ? (Route, Expected)
        : Route.HarmlessVariant is var (status, variant) ? (variant, status)
        : null;

    public override string ToString() => $"{Who} asks {Route.Name} of {Place} ({Relation})";

    /// <summary>All cells of some routes.</summary>
    public static IReadOnlyList<Cell> Of(IEnumerable<Route> routes) =>
        [.. routes.Where(route => route.Unscoped is null).SelectMany(route => Cast.All.SelectMany(who => Of(route, who))).Where(cell => cell.Asked is not null)];

    private static IEnumerable<Cell> Of(Route route, Identity who) => route.IsOnce
        ? [new(route, who, "once", Tree.Province)]
        : who.Places.SelectMany(Tree.Relations).DistinctBy(pair => pair.Place).Where(pair => route.Fits(new(pair.Place))).Select(pair => new Cell(route, who, pair.Relation, pair.Place));
}
