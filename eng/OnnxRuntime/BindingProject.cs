namespace Eng.OnnxRuntime;

/// <summary>The project that compiles and packs the binding.</summary>
internal static class BindingProject
{
    // Signed with the public key alone, and of the vendor's assembly version: what is built against the package made here then also runs with the vendor's.
    private const string PublicKey =
        "002400000480000094000000060200000024000052534131000400000100010059013e94e4bc70136ca4c35f33acd6b62974536b698f9c7a21cee18d805c7ad8" +
        "60ad9eebfdc47a96ba2f8d03f4cf1c36b9d30787e276c7b9833b5bf2a6eba7e919e6b90083078a352262aed1d842e5f70a3085cbcf4c56ae851b161137920961" +
        "c23fcc246598d61d258ccc615c927b2441359eea666a99ce1c3c07dca18fb0e1";

    /// <summary>Writes the project beside the unpacked origin and returns its path.</summary>
    public static string Write(string folder, string packageId)
    {
        File.WriteAllBytes(Path.Combine(folder, "public.snk"), Convert.FromHexString(PublicKey));
        var project = Path.Combine(folder, packageId + ".csproj");
        File.WriteAllText(project, Text(packageId));
        return project;
    }

    private static string Text(string packageId) => $"""
        <Project>
          <PropertyGroup>
            <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
            <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
            <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
          </PropertyGroup>
          <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyVersion>0.0.0.0</AssemblyVersion>
            <SignAssembly>true</SignAssembly>
            <PublicSign>true</PublicSign>
            <AssemblyOriginatorKeyFile>public.snk</AssemblyOriginatorKeyFile>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <EnableDefaultItems>false</EnableDefaultItems>
            <RunAnalyzers>false</RunAnalyzers>
            <WarningLevel>0</WarningLevel>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <NoWarn>$(NoWarn);CS1570;CS1572;CS1573;CS1574;CS1587;CS1591;CS1711;CS1712;CS1723;CS0419</NoWarn>

            <PackageId>{packageId}</PackageId>
            <Version>{Origin.Version}</Version>
            <Authors>Microsoft</Authors>
            <Description>
              ONNX Runtime {Origin.Version}, made locally from {Origin.Binding.Name} {Origin.Binding.Version} of the npm registry. Not the vendor's package.
            </Description>
            <PackageLicenseFile>LICENSE</PackageLicenseFile>
          </PropertyGroup>

          <ItemGroup>
            <Compile Include="origin/Runtime/**/*.cs" />
            <Using Include="System.Reflection" />
            <None Include="origin/LICENSE;origin/ThirdPartyNotices.txt" Pack="true" PackagePath="/" />
            <None Include="origin/runtimes/**" Pack="true" PackagePath="runtimes" />
          </ItemGroup>
          <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />

          <!-- Guards the experimental members over System.Numerics.Tensors 9, which the feed may lack as well. -->
          <Target Name="LeaveOutNumericsTensors" AfterTargets="AddImplicitDefineConstants">
            <PropertyGroup>
              <DefineConstants>$([System.Text.RegularExpressions.Regex]::Replace($(DefineConstants), '\bNET8_0_OR_GREATER\b', ''))</DefineConstants>
            </PropertyGroup>
          </Target>
        </Project>

        """;
}
