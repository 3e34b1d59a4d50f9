namespace ModelTraining;

/// <summary>A sequence of points that covers a space evenly.</summary>
public enum QuasiRandomSequence
{
    /// <summary>Halton's, its digits permuted at random (Owen, "A randomized Halton algorithm in R", 2017). Takes any number of parameters.</summary>
    Halton,

    /// <summary>Sobol's with the direction numbers of Joe and Kuo (2008), scrambled by nested permutations (Owen, 1995). Beyond 64 parameters the others are drawn by chance.</summary>
    Sobol,
}
