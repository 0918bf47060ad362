namespace Gengdu.System.Tests.Logs;

/// <summary>
/// What Postgres and RabbitMQ write from now on: the files (and the folders of files) that GENGDU_TEST_LOGS names, as
/// scripts/infra.sh tells it. Servers somebody else runs keep their logs to themselves.
/// </summary>
internal sealed class ServerLogs
{
    private readonly Dictionary<string, long> _began;

    private ServerLogs(Dictionary<string, long> began) => _began = began;

    public static ServerLogs Here() => new(Files().ToDictionary(file => file, file => new FileInfo(file).Length));

    public IEnumerable<(string Source, string[] Lines)> Written()
    {
        foreach (var file in Files())
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Seek(_began.GetValueOrDefault(file), SeekOrigin.Begin);
            using var reader = new StreamReader(stream);
            yield return (Path.GetFileName(file), reader.ReadToEnd().Split('\n'));
        }
    }

    private static IEnumerable<string> Files() => (Environment.GetEnvironmentVariable("GENGDU_TEST_LOGS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path) : File.Exists(path) ? [path] : []);
}
