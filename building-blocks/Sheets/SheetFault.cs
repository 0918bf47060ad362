namespace Gengdu.Sheets;

/// <summary>Why a file as a whole is not read. The slice words it.</summary>
public enum SheetFault
{
    /// <summary>There is no file, or more than one.</summary>
    NoFile,

    /// <summary>The file, or what it unpacks to.</summary>
    TooLarge,

    /// <summary>Neither XLSX nor CSV, or an XLS, or encrypted, or bent.</summary>
    Unreadable,

    Macro,
}
