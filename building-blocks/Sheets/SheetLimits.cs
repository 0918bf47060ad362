namespace Gengdu.Sheets;

/// <param name="LargestFile">In bytes.</param>
/// <param name="LargestUnpacked">Of an XLSX, in bytes.</param>
/// <param name="MostRows">Formulas are looked for to here.</param>
/// <param name="MostColumns">What a sheet has beyond is nobody's.</param>
public sealed record SheetLimits(long LargestFile, long LargestUnpacked, int MostRows, int MostColumns);
