namespace Gengdu.Rules.Tests;

/// <summary>The working copy the tests run in: the pack and the web's engine are tested where they are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find(string? directory)
    {
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory, "Gengdu.slnx"))) directory = System.IO.Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("Gengdu.slnx is not above the test's folder");
    }
}
