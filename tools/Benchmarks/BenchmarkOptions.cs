using System.Globalization;

namespace Gengdu.Benchmarks;

/// <summary>What the command line asked for. ./bench fills in the addresses and processes.</summary>
internal sealed record BenchmarkOptions
{
    public const int WholeProvince = 14_858;
    public const int BurstOfSubmissions = 3_000;

    public Uri Address { get; init; } = new("http://localhost:8080");

    /// <summary>Superuser of the database under test: counts rows, keeps the anchors' tables in a schema of its own.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>The broker under test: the bare pipeline publishes beside ours.</summary>
    public Uri Broker { get; init; } = new("amqp://localhost");

    public string AdministratorName { get; init; } = "";
    public string AdministratorPassword { get; init; } = "";

    /// <summary>A client that may ask for tokens of its own, as a provincial system does.</summary>
    public string Client { get; init; } = "bench";
    public string ClientSecret { get; init; } = "";

    /// <summary>Our processes by name, to tell their load from that of others.</summary>
    public IReadOnlyDictionary<string, int> Processes { get; init; } = new Dictionary<string, int>();

    public string PgBench { get; init; } = "pgbench";

    /// <summary>Plays the phone.</summary>
    public string Chromium { get; init; } = "/usr/bin/chromium";

    public string DivisionsFile { get; init; } = "data/divisions.csv";
    public string ResultFile { get; init; } = ".local/bench/result.json";

    /// <summary>Any of submit, open-loop, freshness, burst, backlog, open-pages, deadline-room, sign-ins, autosave, phone, pages, rebuild, dashboards, exports, run in this order; or review, which needs a system of its own.</summary>
    public IReadOnlyList<string> Figures { get; init; } = ["submit"];

    /// <summary>That are loaded; of the review those whose submissions wait.</summary>
    public int Schools { get; init; } = 800;
    public int Cycles { get; init; } = 5;

    /// <summary>Schools of the generated nation whose dashboards are looked at.</summary>
    public int Nation { get; init; } = 221_435;

    public int Clients { get; init; } = 32;

    /// <summary>Rounds that are submitted before anything is measured.</summary>
    public int WarmUps { get; init; } = 4;

    /// <summary>Requests a second of the open loop and of freshness.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>How long the open loop, freshness, sign-ins and autosave are measured.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Length of an anchor's window in the closed loop.</summary>
    public double AnchorSeconds { get; init; } = 2;

    public static BenchmarkOptions Read(string[] args)
    {
        var options = new BenchmarkOptions
        {
            Postgres = Environment.GetEnvironmentVariable("GENGDU_BENCH_POSTGRES") ?? "",
            Broker = new(Environment.GetEnvironmentVariable("GENGDU_BENCH_RABBITMQ") ?? "amqp://localhost"),
            AdministratorName = Environment.GetEnvironmentVariable("Bootstrap__UserName") ?? "",
            AdministratorPassword = Environment.GetEnvironmentVariable("Bootstrap__Password") ?? "",
            ClientSecret = Environment.GetEnvironmentVariable("Identity__Clients__bench__Secret") ?? "",
        };
        // Before what is asked for, which may be less.
        options = args.Contains("review") ? options with { Schools = WholeProvince } : options;
        options = args.SkipWhile(arg => arg != "--figures").Skip(1).FirstOrDefault() is { } asked && asked.Split(',').Any(figure => figure is "burst" or "backlog") ? options with { Schools = BurstOfSubmissions } : options;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "--address" => options with { Address = new Uri(value) },
                "--processes" => options with { Processes = ReadProcesses(value) },
                "--pgbench" => options with { PgBench = value },
                "--chromium" => options with { Chromium = value },
                "--divisions" => options with { DivisionsFile = value },
                "--result" => options with { ResultFile = value },
                "--figures" => options with { Figures = value.Split(',') },
                "--schools" => options with { Schools = Number(args[i], value, 64, 20_000) },
                "--nation" => options with { Nation = Number(args[i], value, 3000, 500_000) },
                "--cycles" => options with { Cycles = Number(args[i], value, 1, 50) },
                "--warm-ups" => options with { WarmUps = Number(args[i], value, 1, 20) },
                "--clients" => options with { Clients = Number(args[i], value, 1, 64) },
                "--rate" => options with { Rate = Number(args[i], value, 1, 2000) },
                "--seconds" => options with { Seconds = Number(args[i], value, 5, 1200) },
                _ => throw new ArgumentException($"{args[i]} is not known"),
            };
        }

        if (options.Figures.Contains("review") && options.Figures.Count > 1)
        {
            throw new ArgumentException("--review is measured alone: what it leaves behind would be counted in every other figure.");
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
