using System.Globalization;
using System.Security.Cryptography;

namespace Gengdu.Province;

/// <summary>What the command line asked for.</summary>
internal sealed record LoadOptions
{
    public Uri Address { get; init; } = new("http://localhost:8080");
    public int Schools { get; init; } = 600;
    public int Seed { get; init; } = 1;
    public string AdministratorName { get; init; } = "";
    public string AdministratorPassword { get; init; } = "";

    /// <summary>Auditor that identity was started with and who has the demo people's password; empty: nobody can make the county's auditor.</summary>
    public string AuditorName { get; init; } = "";

    public string Password { get; init; } = "";
    public string AccountsFile { get; init; } = ".local/accounts.txt";
    public string DivisionsFile { get; init; } = "data/divisions.csv";
    public int Parallel { get; init; } = 12;

    /// <summary>Share of schools that have signed everything when the tool ends.</summary>
    public double Signed { get; init; } = 0.88;

    /// <summary>Schools that took part in the semester before; 0: the running cycle is the first.</summary>
    public int PastSchools { get; init; } = 24;

    /// <summary>Whether the figures of registers are handed in.</summary>
    public bool Registers { get; init; } = true;

    /// <summary>Schools of the tried county that nobody plays.</summary>
    public int Untouched { get; init; } = 1;

    public static LoadOptions Read(string[] args)
    {
        var options = new LoadOptions
        {
            AdministratorPassword = Environment.GetEnvironmentVariable("GENGDU_ADMINISTRATOR_PASSWORD") ?? "",
            Password = Environment.GetEnvironmentVariable("GENGDU_DEMO_PASSWORD") ?? NewPassword(),
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "--address" => options with { Address = new Uri(value) },
                "--administrator" => options with { AdministratorName = value },
                "--auditor" => options with { AuditorName = value },
                "--schools" => options with { Schools = Number(args[i], value, 14, 250_000) },
                "--seed" => options with { Seed = Number(args[i], value, 0, int.MaxValue) },
                "--accounts" => options with { AccountsFile = value },
                "--divisions" => options with { DivisionsFile = value },
                "--parallel" => options with { Parallel = Number(args[i], value, 1, 64) },
                "--signed" => options with { Signed = Number(args[i], value, 0, 100) / 100.0 },
                _ => throw new ArgumentException($"{args[i]} is not known"),
            };
        }

        return options.AdministratorName.Length > 0 && options.AdministratorPassword.Length > 0 ? options : throw new ArgumentException(
            "Say --administrator NAME and set GENGDU_ADMINISTRATOR_PASSWORD: the administrator that identity was started with.");
    }

    // Words a person can type on a phone; of no use anywhere but on this machine's demo data.
    private static string NewPassword() => $"Gengdu-{RandomNumberGenerator.GetInt32(1000, 9999)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    private static int Number(string name, string value, int from, int to) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to ? number
            : throw new ArgumentException($"{name} must be a whole number from {from} to {to}, not {value}");
}
