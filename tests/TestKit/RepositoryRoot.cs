namespace Gengdu.TestKit;

/// <summary>Where the clone is: tests read programmes, scripts and build products from it.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Gengdu.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Gengdu.slnx above {from}: tests run from the build output inside the clone.");
    }
}
