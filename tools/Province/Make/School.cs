namespace Gengdu.Province.Make;

/// <summary>A school of the demo province, with the size its values follow from.</summary>
internal sealed record School
{
    public required string Code { get; init; }
    public required string ParentCode { get; init; }
    public required string CityCode { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public required string Type { get; init; }
    public required string UrbanRural { get; init; }
    public required string RunBy { get; init; }
    public required string[] Grades { get; init; }
    public required int Pupils { get; init; }

    /// <summary>Seed of everything random about this school: the same school always reports the same.</summary>
    public required int Seed { get; init; }
}
