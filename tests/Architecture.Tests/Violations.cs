namespace Gengdu.Architecture.Tests;

/// <summary>Fails with every violation, not with the first five.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string?> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{all.Count} violation(s):\n{string.Join('\n', all)}");
    }
}
