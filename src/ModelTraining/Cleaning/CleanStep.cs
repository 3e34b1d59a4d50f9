namespace ModelTraining;

/// <summary>What kind of thing cleaning found, in the order in which it looks.</summary>
public enum CleanStep
{
    /// <summary>Text with blanks around it or several in a row, and words that stand for a missing value.</summary>
    Blanks,

    /// <summary>Text that is numbers, dates or booleans in some written form.</summary>
    Format,

    /// <summary>Text of a column of numbers or dates that is neither: it becomes missing.</summary>
    Unreadable,

    /// <summary>Equal names in different case or with different blanks.</summary>
    Spelling,

    /// <summary>Rows without a label.</summary>
    NoLabel,

    /// <summary>Rows of one key.</summary>
    Key,

    /// <summary>Rows that are there already.</summary>
    Duplicate,

    /// <summary>Rows that are all but there already: but for case and blanks, or but for one column.</summary>
    NearDuplicate,

    /// <summary>Rows with equal features and different labels.</summary>
    Contradiction,

    /// <summary>Columns that cannot help: constant, empty, or one value a row.</summary>
    UselessColumn,

    /// <summary>Columns that give the label away.</summary>
    Leak,

    /// <summary>Categories that few rows have.</summary>
    RareCategory,

    /// <summary>Numbers far from the others.</summary>
    Outlier,

    /// <summary>Missing values.</summary>
    Missing,
}
