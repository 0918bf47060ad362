using System.Diagnostics;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>Identities × routes × places, through the gateway, with all oracles of Oracles.cs and Matrix.cs.</summary>
[Collection(nameof(ScopeShared))]
public sealed class MatrixTests(ScopeFixture fixture)
{
    [Theory]
    [InlineData("identity")]
    [InlineData("reporting")]
    [InlineData("supervision")]
    [InlineData("analytics")]
    public async Task Cells_OfOneService_AreAnsweredAsDeclared_AndShowAndChangeNothingElse(string service)
    {
        // The drill with seeded faults looks at one service at a time.
        if (Environment.GetEnvironmentVariable("GENGDU_SCOPE_ONLY") is { Length: > 0 } only && only != service)
        {
            return;
        }

        var cancel = TestContext.Current.CancellationToken;
        await fixture.Scene.Rows.SettleAsync(cancel);
        var started = Stopwatch.GetTimestamp();
        var matrix = new Matrix(fixture.Scene);

        await matrix.RunAsync(RouteList.Declared[service], cancel);
        await matrix.ControlAsync(RouteList.Declared[service], cancel);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{service}: {RouteList.Declared[service].Count} routes, {Cast.All.Count} identities, {matrix.Asked} cells of which {matrix.Denied} denied, {matrix.Faults.Count} faults, "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0} s (the province took {fixture.Scene.Took.TotalSeconds:0} s)");
        Assert.True(matrix.Faults.Count == 0, $"{matrix.Faults.Count} faults:\n{string.Join('\n', matrix.Faults)}");
    }
}
