namespace Gengdu.Analytics.Cycles;

/// <summary>Stored paths "/1/12/157/": everything about the tree that a figure needs.</summary>
internal static class TreePath
{
    /// <summary>"/1/12/" of "/1/12/157/"; "/" of the province.</summary>
    public static string Parent(string path) => path[..(path.LastIndexOf('/', path.Length - 2) + 1)];

    /// <summary>The nodes above, nearest first.</summary>
    public static IEnumerable<string> Ancestors(string path)
    {
        for (var parent = Parent(path); parent.Length > 1; parent = Parent(parent))
        {
            yield return parent;
        }
    }

    /// <summary>First string after the whole subtree in byte order: "0" follows "/".</summary>
    public static string End(string path) => path[..^1] + "0";

    /// <summary>Deepest first, so that each depth finds its children done.</summary>
    public static IEnumerable<string[]> ByDepth(IEnumerable<string> paths) => paths.Distinct()
        .GroupBy(path => path.Count(c => c == '/'))
        .OrderByDescending(depth => depth.Key)
        .Select(depth => depth.Order(StringComparer.Ordinal).ToArray());
}
