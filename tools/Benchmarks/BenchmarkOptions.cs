using System.Globalization;

namespace Gengdu.Benchmarks;

/// <summary>What the command line asked for. ./bench fills in the addresses and processes.</summary>
internal sealed record BenchmarkOptions
{
    public Uri Address { get; init; } = new("http://localhost:8080");

    /// <summary>Superuser of the database under test: counts rows, keeps the anchors' tables in a schema of its own.</summary>
    public string Postgres { get; init; } = "";

    public string AdministratorName { get; init; } = "";
    public string AdministratorPassword { get; init; } = "";

    /// <summary>A client that may ask for tokens of its own, as a provincial system does.</summary>
    public string Client { get; init; } = "bench";
    public string ClientSecret { get; init; } = "";

    /// <summary>Our processes by name, to tell their load from that of others.</summary>
    public IReadOnlyDictionary<string, int> Processes { get; init; } = new Dictionary<string, int>();

    public string PgBench { get; init; } = "pgbench";
    public string DivisionsFile { get; init; } = "data/divisions.csv";
    public string ResultFile { get; init; } = ".local/bench/result.json";

    /// <summary>Any of submit, open-loop, freshness, sign-ins; run in this order.</summary>
    public IReadOnlyList<string> Figures { get; init; } = ["submit"];

    public int Schools { get; init; } = 800;
    public int Cycles { get; init; } = 5;
    public int Clients { get; init; } = 32;

    /// <summary>Rounds that are submitted before anything is measured.</summary>
    public int WarmUps { get; init; } = 4;

    /// <summary>Requests a second of the open loop and of freshness.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>How long the open loop and freshness are measured.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Length of an anchor's window in the closed loop.</summary>
    public double AnchorSeconds { get; init; } = 2;

    public static BenchmarkOptions Read(string[] args)
    {
        var options = new BenchmarkOptions
        {
            Postgres = Environment.GetEnvironmentVariable("GENGDU_BENCH_POSTGRES") ?? "",
            AdministratorName = Environment.GetEnvironmentVariable("Bootstrap__UserName") ?? "",
            AdministratorPassword = Environment.GetEnvironmentVariable("Bootstrap__Password") ?? "",
            ClientSecret = Environment.GetEnvironmentVariable("Identity__Clients__bench__Secret") ?? "",
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "--address" => options with { Address = new Uri(value) },
                "--processes" => options with { Processes = ReadProcesses(value) },
                "--pgbench" => options with { PgBench = value },
                "--divisions" => options with { DivisionsFile = value },
                "--result" => options with { ResultFile = value },
                "--figures" => options with { Figures = value.Split(',') },
                "--schools" => options with { Schools = Number(args[i], value, 64, 20_000) },
                "--cycles" => options with { Cycles = Number(args[i], value, 1, 50) },
                "--warm-ups" => options with { WarmUps = Number(args[i], value, 1, 20) },
                "--clients" => options with { Clients = Number(args[i], value, 1, 64) },
                "--rate" => options with { Rate = Number(args[i], value, 1, 2000) },
                "--seconds" => options with { Seconds = Number(args[i], value, 5, 1200) },
                _ => throw new ArgumentException($"{args[i]} is not known"),
            };
        }

        return options.Postgres.Length > 0 && options.AdministratorPassword.Length > 0 ? options
            : throw new ArgumentException("Start it with ./bench, which starts what is measured.");
    }

    private static Dictionary<string, int> ReadProcesses(string text) =>
        text.Split(',').Select(p => p.Split('=')).ToDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture));

    private static int Number(string name, string value, int from, int to) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to ? number
            : throw new ArgumentException($"{name} must be a whole number from {from} to {to}, not {value}");
}
