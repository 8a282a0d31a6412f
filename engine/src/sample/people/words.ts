/** Ordinary words that people and companies of the sample are made of. Whoever is called so is nobody. */
type Words = readonly [string, ...string[]];

const list = (text: string): Words => text.trim().split(/\s+/) as [string, ...string[]]; // The texts below are not empty.

export const givenNames = list(`
  Ada Adam Aisha Alice Amara Ana Andrei Anna Anton Arjun Astrid Ben Bianca Bruno Carla Carlos Chloe Clara Daniel David
  Deepa Diego Dora Elena Eli Elif Emil Emma Erik Esther Eva Felix Fiona Francis Gabriel Gita Greta Hana Hannah Hassan
  Helen Hugo Ida Ines Ingrid Irene Ivan Jack James Jana Jasper Joana John Jonas Julia Karim Kate Kenji Klara Lars Laura
  Lea Leo Lina Liam Lucas Lucy Magnus Maja Marco Maria Marta Martin Mei Mia Michael Mina Mira Nadia Nora Noah Olga Oliver
  Omar Oscar Paula Pedro Peter Petra Priya Rafael Rosa Ruth Sara Sofia Stefan Tara Theo Thomas Tim Vera Victor Wei Yara
  Yusuf Zoe
`);

export const familyNames = list(`
  Abbott Adeyemi Alvarez Anders Bailey Baker Bauer Becker Berg Bianchi Blake Borg Brandt Brook Carter Castro Chen Clarke
  Cohen Costa Dahl Davis Dias Duarte Ekberg Ellis Evans Farah Ferrari Fischer Flynn Forster Fox Garcia Gill Gomez Grant
  Gupta Haas Hall Hansen Hart Hayes Hill Hoffmann Holm Hughes Ito Iyer Jansen Jensen Kaya Keller Khan Kim Klein Kovacs
  Kumar Lang Larsen Lee Lind Lopez Marin Martin Meyer Mills Moreau Morgan Mori Nagy Nash Nielsen Novak Ortiz Osman Parker
  Patel Pereira Petrov Popa Reed Reyes Ricci Rivera Roth Sato Schmidt Silva Singh Stone Suzuki Tan Torres Vance Vega
  Walker Ward Weber West Wolf Wood Wright Yilmaz Young Zhang
`);

export const companyFirst = list(`
  Amber Anchor Apple Arbor Aspen Atlas Autumn Beacon Birch Blue Bridge Bright Canyon Cedar Clear Cobalt Copper Coral Crest
  Crystal Delta Dune East Echo Elm Ember Evergreen Falcon Fern Field First Forest Garden Glacier Golden Granite Green Grove
  Harbor Harvest Hazel Heron Hill Horizon Indigo Iron Island Ivory Jade Juniper Lake Lantern Laurel Linden Lunar Maple
  Marble Meadow Mill Mint Mosaic Mountain North Oak Ocean Olive Onyx Orchard Pearl Pebble Pine Prairie Quartz Quiet Raven
  Red River Rowan Saffron Sage Sand Silver Sky Slate South Spring Star Stone Summit Sun Swift Timber Tide Umber Valley
  Velvet Violet West White Willow Wind Winter
`);

export const companySecond = list(`
  Analytics Apparel Associates Bank Bakery Brands Capital Care Clinics Cloud Components Consulting Data Dynamics Education
  Electric Energy Engineering Farms Finance Foods Freight Goods Group Health Hotels Industries Instruments Insurance
  Interiors Labs Logistics Machines Materials Media Mobility Motors Networks Optics Packaging Partners Pharma Press Printing
  Products Properties Retail Robotics Schools Security Services Shipping Software Solar Steel Stores Studio Supply Systems
  Telecom Textiles Tools Toys Transport Travel Ventures Water Works
`);
