using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>What the matrix covers, without running it.</summary>
public sealed class RouteListTests
{
    [Fact]
    public void Route_OfEveryApiDocument_IsDeclared()
    {
        var declared = RouteList.All.Select(route => route.Name).ToList();
        var documented = RouteList.Documented().ToList();

        Assert.True(documented.Count > 50, $"Only {documented.Count} routes were found in docs/api");
        Assert.True(!documented.Except(declared).Any(), $"Declare who may do what in tests/System.Tests/Scope/Routes (README.md there says how):\n{string.Join('\n', documented.Except(declared))}");
        Assert.True(!declared.Except(documented).Any(), $"Declared, but not in docs/api:\n{string.Join('\n', declared.Except(documented))}");
        Assert.Equal(declared.Count, declared.Distinct().Count());
    }

    [Fact]
    public void Route_ThatChangesSomething_HasAPositiveControl()
    {
        var without = RouteList.All.Where(route => route is { Unscoped: null, IsRead: false, Controls: [] }).Select(route => route.Name);

        Assert.Empty(without);
    }

    [Fact]
    public void Matrix_HasAtLeastThreeThousandCells_AndFortyIdentities()
    {
        var cells = Cell.Of(RouteList.All);
        TestContext.Current.TestOutputHelper?.WriteLine($"{RouteList.All.Count()} routes, {Cast.All.Count} identities, {cells.Count} cells, {cells.Count(cell => cell.IsDenied)} of them denied");

        Assert.True(Cast.All.Count >= 40, $"{Cast.All.Count} identities");
        Assert.True(cells.Count >= 3000, $"{cells.Count} cells");
        Assert.Equal((1, 3, 9, 36), (1, Tree.Cities.Count, Tree.Counties.Count, Tree.Schools.Count));
    }

    /// <summary>Each relation occurs with each kind of role, so that no location is left out.</summary>
    [Fact]
    public void Matrix_AsksFromEveryRelation()
    {
        var relations = Cell.Of(RouteList.All).Select(cell => cell.Relation).Distinct().ToList();

        Assert.All(["self", "sibling", "parent", "grandparent", "child", "grandchild", "cousin", "other-city"], relation => Assert.Contains(relation, relations));
    }
}
