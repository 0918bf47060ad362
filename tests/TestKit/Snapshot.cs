namespace Gengdu.TestKit;

/// <summary>Text that is reviewed in the repository. GENGDU_UPDATE_SNAPSHOTS=1 rewrites it instead of comparing.</summary>
public static class Snapshot
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("GENGDU_UPDATE_SNAPSHOTS") == "1";

    /// <param name="path">From the repository's root, with forward slashes.</param>
    /// <param name="actual">What the code says now.</param>
    public static async Task VerifyAsync(string path, string actual, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(actual);
        var file = RepositoryRoot.Combine(path.Split('/'));
        var text = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancellationToken);
            return;
        }

        if (!File.Exists(file))
        {
            throw new InvalidOperationException($"{path} is missing. Run the test with GENGDU_UPDATE_SNAPSHOTS=1 and review the new file.");
        }

        var expected = (await File.ReadAllTextAsync(file, cancellationToken)).ReplaceLineEndings("\n");
        if (expected != text)
        {
            throw new InvalidOperationException(
                $"{path} is not what the code says now. If the change is meant, run the test with GENGDU_UPDATE_SNAPSHOTS=1 and commit the file.\n{FirstDifference(expected, text)}");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n- {before.ElementAtOrDefault(line)}\n+ {after.ElementAtOrDefault(line)}";
    }
}
