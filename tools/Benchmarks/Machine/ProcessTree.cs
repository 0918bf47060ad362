using System.Globalization;

namespace Gengdu.Benchmarks.Machine;

/// <summary>What /proc says about a process and all processes below it.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds used so far by each root with everything it started, ended children included.</summary>
    public static Dictionary<string, double> Seconds(IReadOnlyDictionary<string, int> roots)
    {
        var (children, seconds) = Read();
        return roots.ToDictionary(root => root.Key, root => Sum(root.Value));

        double Sum(int pid) => seconds.GetValueOrDefault(pid) + children[pid].Sum(Sum);
    }

    /// <summary>Resident memory of one process in megabytes.</summary>
    public static double ResidentMegabytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return Math.Round(double.Parse(line.Split(':', 'k')[1], CultureInfo.InvariantCulture) / 1024, 1);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static (ILookup<int, int> Children, Dictionary<int, double> Seconds) Read()
    {
        var (parents, seconds) = (new List<(int Parent, int Child)>(), new Dictionary<int, double>());
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture, out var pid) && Fields(folder) is { } fields)
            {
                parents.Add((int.Parse(fields[1], CultureInfo.InvariantCulture), pid));
                // utime, stime, and those of children that have ended.
                seconds[pid] = fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
            }
        }

        return (parents.ToLookup(p => p.Parent, p => p.Child), seconds);
    }

    // From the state on: the name before it may hold spaces and brackets.
    private static string[]? Fields(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
