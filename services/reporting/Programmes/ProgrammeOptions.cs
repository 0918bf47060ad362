using System.ComponentModel.DataAnnotations;

namespace Gengdu.Reporting.Programmes;

/// <summary>Where the programme packs lie.</summary>
internal sealed record ProgrammeOptions
{
    public const string Section = "Programmes";

    /// <summary>Folder with one folder a programme, e.g. "programmes" of the repository.</summary>
    [Required(ErrorMessage = "Configuration Programmes:Directory is missing: the folder that holds the programme packs (environment variable Programmes__Directory).")]
    public required string Directory { get; init; }
}
