#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// What the data is like, before anything is trained: types, missing values, distributions, what goes with what, and what deserves a look.
//
//   dotnet run samples/scripts/profile.cs -- samples/data/breast-cancer-wdbc.csv label profile.html
using ModelTraining;

if (args is not [var data, var label, var page])
{
    Console.Error.WriteLine("Usage: profile.cs DATA.csv LABEL PAGE.html");
    return 2;
}

var profile = await Csv.File(data, label).ProfileAsync();
Console.WriteLine(profile);                   // a line a column, then warnings with their remedy
Console.WriteLine($"With histograms, as a page: {profile.SaveReport(page)}");

// In a pipeline the verb stands where the data is to be looked at; the report of the run shows what it saw.
var run = await Pipeline.From(Csv.File(data, label)).Clean().Profile().RunAsync();
Console.WriteLine($"After cleaning: {run.Report<DataProfile>()!.Warnings.Count} of {profile.Warnings.Count} warnings are left.");
return 0;
